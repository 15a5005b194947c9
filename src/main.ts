/** The program: joins the command line to the host. Modules are compiled once and kept by Node's compile cache. */
import type { Worker } from 'node:worker_threads';

/** @param early - the thread of the pCPU of the machine that is to run, if there is to be one; see main.js */
export async function program(early: Worker | undefined): Promise<void> {
  const loaded = early && import('#host/run');
  const { main } = await import('./management/cli/main.ts');
  process.exitCode = await main(process.argv.slice(2), {
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
  if (early && process.exitCode < 128) await (await import('./host/pack/keep-pack.ts')).keepPack();
}
