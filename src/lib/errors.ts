/**
 * Errors of the host: one table of codes, each with its message, exit status and hint.
 *
 * Three kinds of trouble: what the rules foresee is returned data (a trap, a status byte); what fails outside is
 * a `HostError`; what is our own mistake is an `assert`.
 */

/** Exit statuses of the `vmk` program. A guest script's own status is passed on as it is. */
export const EXIT_STATUS = { ok: 0, failure: 1, usage: 2, guestFault: 3 } as const;

interface ErrorRow {
  /** The message; `{name}` is filled in from the error's details. */
  readonly message: string;
  readonly exitStatus: number;
  /** What the person can do about it; empty when the message says it. */
  readonly hint: string;
}

const { failure, usage, guestFault } = EXIT_STATUS;

// biome-ignore format: a table reads in columns
export const ERRORS = {
  // What the person at the command line gave.
  'usage':               { exitStatus: usage, message: '{reason}', hint: '' },
  'file-missing':        { exitStatus: usage, message: 'Cannot open {what} "{path}": there is no such file', hint: '' },
  'file-denied':         { exitStatus: usage, message: 'Cannot open {what} "{path}": permission denied', hint: '' },
  'file-not-regular':    { exitStatus: usage, message: 'Cannot open {what} "{path}": it is {kind}, not a file', hint: '' },
  'file-busy':           { exitStatus: usage, message: 'Cannot open {what} "{path}": another VM uses it', hint: 'One VM may write it, or several may have it with ",readonly".' },
  'disk-size':           { exitStatus: usage, message: 'Cannot open disk "{path}": size {size} is not a multiple of 512', hint: '' },
  'disk-bad':            { exitStatus: usage, message: 'Cannot use disk "{path}": {reason}', hint: '' },
  'disk-refused':        { exitStatus: usage, message: 'Cannot {action} disk "{path}": {reason}', hint: '' },
  'kernel-not-bootable': { exitStatus: usage, message: 'Cannot boot kernel "{path}": {reason}', hint: 'A RISC-V Image (arch/riscv/boot/Image) is needed.' },
  'firmware-not-bootable': { exitStatus: usage, message: 'Cannot boot firmware "{path}": {reason}', hint: '' },
  'ovf-bad':             { exitStatus: usage, message: 'Cannot use package "{path}": {reason}', hint: '' },
  'recording-unusable':  { exitStatus: usage, message: 'Cannot use recording "{path}": {reason}', hint: '' },
  'memory-too-small':    { exitStatus: usage, message: '{memory} of memory is too little: {reason}', hint: 'Give more with --memory.' },
  'memory-too-large':    { exitStatus: usage, message: '{memory} of memory is too much: {reason}', hint: 'Give less with --memory.' },
  'password-refused':    { exitStatus: usage, message: 'Cannot set the password of "{user}": {reason}', hint: '' },
  'unsupported':         { exitStatus: usage, message: '{what} is not supported: {reason}', hint: '' },
  'no-such-vm':          { exitStatus: usage, message: 'There is no VM "{vm}"', hint: '"vmk vm list" shows those that there are.' },
  'vm-exists':           { exitStatus: usage, message: 'There is a VM "{vm}" already', hint: '' },
  'vm-state':            { exitStatus: usage, message: 'Cannot {action} VM "{vm}": it is {state}', hint: '' },
  'vm-settings':         { exitStatus: usage, message: 'Cannot use "{path}": {key}: {reason}', hint: '' },
  'vm-locked':           { exitStatus: failure, message: 'Cannot use "{path}": the host "{host}" has it', hint: 'It runs there, or that host has died and its lock is broken in some seconds.' },
  'no-such-template':    { exitStatus: usage, message: 'There is no template "{name}"', hint: '"vmk template create debian" makes one.' },
  'no-such-pool':        { exitStatus: usage, message: 'There is no resource pool "{pool}"', hint: '"vmk pool list" shows those that there are.' },
  'pool-refused':        { exitStatus: usage, message: 'Cannot {action} resource pool "{pool}": {reason}', hint: '' },
  'vm-refused':          { exitStatus: usage, message: 'Cannot {action} VM "{vm}": {reason}', hint: '' },
  'option-unknown':      { exitStatus: usage, message: 'There is no option "{key}"', hint: '' },
  'option-value':        { exitStatus: usage, message: 'Cannot set {key} to {value}: {reason}', hint: '' },
  'setting-refused':     { exitStatus: usage, message: 'Cannot set {what} to "{value}": {reason}', hint: '' },
  'service-refused':     { exitStatus: usage, message: 'Cannot {action} service "{service}": {reason}', hint: '' },
  'firewall-refused':    { exitStatus: usage, message: 'Cannot {action} rule set "{ruleset}": {reason}', hint: '' },
  'host-running':        { exitStatus: usage, message: 'A host is up in "{path}" already', hint: 'Give another folder with --home, or end it with "vmk down".' },
  'host-refused':        { exitStatus: usage, message: '{message}', hint: '' },
  // What failed outside.
  'host-absent':         { exitStatus: failure, message: 'Cannot reach a host at "{path}": {reason}', hint: '"vmk up" starts one.' },
  'tap-unavailable':     { exitStatus: failure, message: 'Cannot open TAP device "{device}": {reason}', hint: 'It needs root or CAP_NET_ADMIN, or a device that "ip tuntap add mode tap user NAME" made.' },
  'host-failed':         { exitStatus: failure, message: '{message}', hint: '' },
  'file-io':             { exitStatus: failure, message: 'Cannot {action} {what} "{path}": {reason}', hint: '' },
  'disk-full':           { exitStatus: failure, message: 'Cannot {action} {what} "{path}": there is no space left', hint: '' },
  'file-system':         { exitStatus: failure, message: 'Cannot {action} "{path}": {reason}', hint: '' },
  'boot-cfg':            { exitStatus: failure, message: 'Cannot read boot.cfg: {reason}', hint: '' },
  'boot-bank':           { exitStatus: failure, message: 'Cannot boot from "{home}": {reason}', hint: '' },
  'boot-failed':         { exitStatus: failure, message: 'The new image in {bank} did not come up: {reason}', hint: 'The host goes on with the image that it had.' },
  'boot-step':           { exitStatus: failure, message: 'Cannot boot: step "{step}" failed: {reason}', hint: '' },
  'package-refused':     { exitStatus: usage, message: 'Cannot use package "{package}": {reason}', hint: '' },
  'command-failed':      { exitStatus: failure, message: '"{command}" failed: {reason}', hint: '' },
  'guest-unavailable':   { exitStatus: failure, message: 'Cannot get the default guest: {reason}', hint: 'Hand in your own with "vmk run --kernel FILE --initrd FILE".' },
  'archive-damaged':     { exitStatus: failure, message: 'Cannot read {what}: {reason}', hint: '' },
  'cpu-admission':       { exitStatus: failure, message: 'Cannot guarantee CPU: {reason}', hint: '' },
  'memory-admission':    { exitStatus: failure, message: 'Cannot guarantee memory: {reason}', hint: '' },
  'host-limit':          { exitStatus: failure, message: 'The host cannot give {what}: {reason}', hint: '' },
  'port-unavailable':    { exitStatus: failure, message: 'Cannot listen on {address} port {port}: {reason}', hint: 'Choose another port, or end who uses it.' },
  'replay-differs':      { exitStatus: failure, message: 'The replay differs from recording "{path}" at step {step}: {what} was {expected}, now it is {found}', hint: '' },
  // What the guest did to itself.
  'guest-fault':         { exitStatus: guestFault, message: '{reason}', hint: '' },
} as const satisfies Readonly<Record<string, ErrorRow>>;

export type ErrorCode = keyof typeof ERRORS;

type Placeholders<T extends string> = T extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** The values that a code's message needs, by name. */
export type ErrorDetails<C extends ErrorCode> = Readonly<
  Record<Placeholders<(typeof ERRORS)[C]['message']>, string | number>
>;

/**
 * Something outside failed, or the person gave something unusable.
 * The message names what and where, and is fit to be shown as it is.
 */
export class HostError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly details: Readonly<Record<string, string | number>>;

  constructor(code: C, details: ErrorDetails<C>, options?: ErrorOptions) {
    super(fill(ERRORS[code].message, details), options);
    this.name = 'HostError';
    this.code = code;
    this.details = details;
  }

  /** The status the program ends with when nobody handles this error. */
  get exitStatus(): number {
    return ERRORS[this.code].exitStatus;
  }

  /** What the person can do about it; empty when the message says it. */
  get hint(): string {
    return ERRORS[this.code].hint;
  }
}

/** Something was asked for that cannot be. */
export function usageError(reason: string): HostError {
  return new HostError('usage', { reason });
}

/** What somebody threw, in words. */
export function reasonOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}

/** We were wrong: the VM or the host stops with a report. */
export class AssertionFailure extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'AssertionFailure';
  }
}

/** Stops with an `AssertionFailure` when what must hold does not. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new AssertionFailure(message);
}

function fill(template: string, details: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (placeholder, name: string) => String(details[name] ?? placeholder));
}
