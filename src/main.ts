/** The program: joins the command line to the host. Modules are compiled once and kept by Node's compile cache. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const given = process.argv.slice(2);
// A machine takes its time to start: its thread loads its code while the command line is looked at.
const isRun = given[0] === 'run' || (given[0] === 'start' && given.some((word) => word.startsWith('--exec')));
const early = isRun ? (await import('./host/pcpu-thread.ts')).startThread() : undefined;
const loaded = isRun ? import('#host/run') : undefined;
const { main } = await import('./management/cli/main.ts');
process.exitCode = await main(given, {
  async runMachine(config, terminal) {
    if (config.lab !== undefined) return (await import('#host')).runInLab(config, terminal);
    // Other commands may run one too, such as that which makes a template.
    const { Host } = await (loaded ?? import('#host/run'));
    return new Host(early).run(config, terminal);
  },
  async bringUp(config, report) {
    const host = await import('#host');
    return host.bringUp(config, report);
  },
  restart() {
    const { argv, env, execArgv, execPath } = process;
    process.execve?.(execPath, [execPath, ...execArgv, ...argv.slice(1)], env);
    throw new TypeError('this platform cannot start a program in the place of another');
  },
});
// For the next start; it is none of who ends this one by a signal.
if (isRun && process.exitCode < 128) await (await import('./host/pack/keep-pack.ts')).keepPack();
