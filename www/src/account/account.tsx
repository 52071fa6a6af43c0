import { NotFound } from "../not-found";
import { path } from "../router";
import { me } from "../state/session";
import { Sections } from "../ui/sections";
import { Activity } from "./activity";
import { Allowance } from "./allowance";
import { Bin } from "./bin";
import { Models } from "./models";
import { SignIns } from "./sign-ins";
import { YourData } from "./your-data";

const sections = [
  { to: "/account", label: "Sign-ins", Section: SignIns },
  { to: "/account/activity", label: "Activity", Section: Activity },
  { to: "/account/allowance", label: "Allowance", Section: Allowance, persons: true },
  { to: "/account/models", label: "Models", Section: Models, persons: true },
  { to: "/account/bin", label: "Bin", Section: Bin, persons: true },
  { to: "/account/data", label: "Your data", Section: YourData, persons: true },
];

/** A person's own account; an operator's has nothing that pictures need. */
export function Account() {
  const person = me()?.role === "person";
  const shown = sections.filter(({ persons = false }) => person || !persons);
  const section = shown.find(({ to }) => to === path.value);
  if (section === undefined) return <NotFound />;
  return (
    <div class="screen">
      <div class="screen-head">
        <h1 tabIndex={-1}>Your account</h1>
        <Sections label="Your account" sections={shown} />
      </div>
      <section.Section key={section.to} />
    </div>
  );
}
