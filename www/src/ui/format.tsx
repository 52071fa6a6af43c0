/** `1 picture`, `2 pictures`, `1,024 pictures`. */
export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;

const day = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", year: "numeric" });
const clock = new Intl.DateTimeFormat("en", { hour: "numeric", minute: "2-digit" });

/** A moment in the person's time zone: the time for today, date and time otherwise. */
export function Moment({ at }: { at: string }) {
  const date = new Date(at);
  const today = day.format(date) === day.format(new Date());
  return <time dateTime={at}>{today ? clock.format(date) : `${day.format(date)}, ${clock.format(date)}`}</time>;
}

const DAY_MS = 24 * 60 * 60 * 1_000;

/** The days until a moment, the present one included; 0 once it has passed. */
export const daysUntil = (at: string): number => Math.max(0, Math.ceil((Date.parse(at) - Date.now()) / DAY_MS));
