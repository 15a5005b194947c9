/** The call that runs a command line of esxcli on a host. */
import { type EsxcliHost, esxcli, type Outcome } from '../esxcli/index.ts';
import { callsOn } from '../local/call.ts';
import { integer, list, optional, text } from '../local/fields.ts';

/** What the call works on. */
export interface EsxcliServices {
  readonly esxcli: EsxcliHost;
}

/** Who can open the socket owns the host: root. */
const OWNER = { user: 'root', authorize: () => true };

const call = callsOn<EsxcliServices>();

export const ESXCLI_CALLS = {
  'esxcli.run': call(
    'runs a command line of esxcli',
    { words: list(text()), screenWidth: optional(integer(1, 10_000)) },
    (services, { words, screenWidth }): Promise<Outcome> =>
      esxcli(services.esxcli, words, screenWidth === undefined ? OWNER : { ...OWNER, screenWidth }),
  ),
};
