/** What the questions share: where the service is, and how an answer is told. */

export const url = process.env.PARITY_URL ?? "";
export const key = process.env.PARITY_KEY ?? "";

export function must(holds: boolean, otherwise: unknown): asserts holds {
  if (!holds) throw new Error(JSON.stringify(otherwise));
}

/** One line for each question: its name, a tab, and "ok" or what went wrong. */
export async function ask(questions: Record<string, () => Promise<void>>): Promise<void> {
  for (const [name, question] of Object.entries(questions)) {
    const told = await question().then(() => "ok", String);
    console.log(`${name}\t${told.replaceAll("\n", " ")}`);
  }
}
