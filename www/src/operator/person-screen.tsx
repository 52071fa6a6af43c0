import { getBindings, getHealth, getPerson } from "../api/endpoints";
import type { Person, PersonAccount } from "../api/types";
import { NotFound } from "../not-found";
import { Moment } from "../ui/format";
import { LoadEnd } from "../ui/load-end";
import { useLoaded } from "../ui/use-loaded";
import { AccessSection } from "./access-section";
import { AllowanceSection } from "./allowance-section";
import { EmailForm } from "./email-form";
import { ModelsSection } from "./models-section";
import { SignInSection } from "./sign-in-section";
import { StatusTag } from "./status-tag";

/** One person: how they get in, what they may make and with which models, and whether they may. */
export function PersonScreen({ id }: { id: string }) {
  // Together, so that no section moves another one down when it arrives.
  const loaded = useLoaded(async () => {
    const [account, bindings, health] = await Promise.all([getPerson(id), getBindings(id), getHealth()]);
    return { ...account, bindings, emailOffered: health.links_by_email };
  });
  const account = loaded.value.value;
  if (loaded.error.value?.code === "not_found") return <NotFound />;
  const change = (part: Partial<PersonAccount>) => {
    const known = loaded.value.peek();
    if (known !== null) loaded.value.value = { ...known, ...part };
  };
  return (
    <div class="screen">
      <div class="screen-head">
        <p>
          <a href="/operator">All people</a>
        </p>
        <h1 tabIndex={-1}>
          {account?.person.name ?? id}
          {account !== null && <StatusTag person={account.person} />}
        </h1>
        {account !== null && <About person={account.person} />}
      </div>
      <LoadEnd loaded={loaded} />
      {account !== null && (
        <>
          <SignInSection person={account.person}>
            {account.emailOffered && account.person.role === "person" && (
              <EmailForm id={id} email={account.email} onChange={(email) => change({ email })} />
            )}
          </SignInSection>
          {account.person.role === "person" && (
            <>
              <AllowanceSection
                person={account.person}
                state={account.allowance}
                onChange={(allowance) => change({ allowance })}
              />
              <ModelsSection person={account.person} bindings={account.bindings} />
            </>
          )}
          <AccessSection
            person={account.person}
            onChange={(status) => change({ person: { ...account.person, status } })}
          />
        </>
      )}
    </div>
  );
}

function About({ person: { id, role, created_at } }: { person: Person }) {
  return (
    <p class="small-print">
      <code>{id}</code>, {role}, created <Moment at={created_at} />.{" "}
      <a href={`/operator/log/${id}`}>What was done to them</a>
    </p>
  );
}
