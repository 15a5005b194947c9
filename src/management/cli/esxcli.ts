/** "vmk esxcli …": the command lines of esxcli, run by the host that is up. */
import { usageError } from '#lib';
import { type Outcome, withSecrets } from '../esxcli/index.ts';
import type { ClientContext } from './group.ts';
import { SecretPrompt } from './secret-prompt.ts';

/** Runs `vmk esxcli [--home DIR] WORDS…`; resolves to the exit status. Throws HostError. */
export async function runEsxcli(given: readonly string[], context: ClientContext): Promise<number> {
  const { process } = context;
  const { home, words } = splitHome(given);
  const secrets = new SecretPrompt(process);
  const whole = await withSecrets(words, (prompt) => secrets.ask(prompt));
  secrets.close();
  const screenWidth = process.stdout.columns;
  const { output, error, status } = await context
    .connect(home)
    .call<Outcome>('esxcli.run', { words: whole, ...(screenWidth > 0 ? { screenWidth } : {}) });
  if (output !== '') process.stdout.write(output);
  if (error !== '') process.stderr.write(error);
  return status;
}

/** The home folder may be named first: everything else is esxcli's. */
function splitHome(given: readonly string[]): { home: string | undefined; words: readonly string[] } {
  const [first, second, ...rest] = given;
  if (first?.startsWith('--home=')) return { home: first.slice('--home='.length), words: given.slice(1) };
  if (first !== '--home') return { home: undefined, words: given };
  if (second === undefined) throw usageError('--home needs a value: --home DIR');
  return { home: second, words: rest };
}
