/** The program: joins the command line to the host. Modules are compiled once and kept by Node's compile cache. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { main } = await import('#management');
process.exitCode = await main(process.argv.slice(2), async (config, terminal) => {
  const { runMachine } = await import('#host');
  return runMachine(config, terminal);
});
