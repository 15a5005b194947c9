/** The program: joins the command line to the host. Modules are compiled once and kept by Node's compile cache. */
import { enableCompileCache } from 'node:module';
import { setFlagsFromString } from 'node:v8';

// Here, before anything is loaded: code that V8 has cached is good for the flags only under which it was made.
setFlagsFromString('--no-wasm-lazy-compilation');
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
