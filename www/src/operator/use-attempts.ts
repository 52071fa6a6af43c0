import { useMemo } from "preact/hooks";
import { Attempts } from "../state/sending/attempt";

/** Sends requests of a form, each carried out once however often it is sent until its outcome is known. */
export function useAttempts<Answer>(send: (body: string, key: string) => Promise<Answer>): Attempts<Answer> {
  return useMemo(() => {
    let stored: string | null = null;
    const store = {
      read: () => stored,
      write(text: string | null) {
        stored = text;
      },
    };
    return new Attempts(store, () => crypto.randomUUID(), send);
  }, []);
}
