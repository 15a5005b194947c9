/** What of the firewall is kept in a file: its switches, and each rule set that was changed. */
import { networkText, parseNetwork } from './addresses.ts';
import type { DefaultAction } from './firewall.ts';
import type { RulesetRow } from './rulesets.ts';

export interface RulesetState {
  readonly enabled: boolean;
  readonly allowedAll: boolean;
  readonly allowed: readonly string[];
}

export interface FirewallState {
  readonly enabled: boolean;
  readonly defaultAction: DefaultAction;
  readonly states: Map<string, RulesetState>;
}

/** What cannot be read falls back to what lets in less: the firewall on, DROP, and a rule set disabled. */
export function readState(
  text: string | undefined,
  rows: readonly RulesetRow[],
  report: (problem: string) => void,
): FirewallState {
  const given = text === undefined ? {} : object(parseJson(text), 'the file', report);
  const states = new Map<string, RulesetState>();
  for (const [key, value] of Object.entries(object(given['rulesets'] ?? {}, 'rulesets', report))) {
    if (!rows.some((row) => row.key === key)) report(`there is no rule set "${key.slice(0, 64)}"`);
    else states.set(key, rulesetState(key, value, report));
  }
  return {
    enabled: given['enabled'] !== false,
    defaultAction: given['defaultAction'] === 'PASS' ? 'PASS' : 'DROP',
    states,
  };
}

export function writtenState({ enabled, defaultAction, states }: FirewallState): string {
  return `${JSON.stringify({ enabled, defaultAction, rulesets: Object.fromEntries(states) }, undefined, 2)}\n`;
}

function rulesetState(key: string, value: unknown, report: (problem: string) => void): RulesetState {
  const { enabled, allowedAll, allowed } = object(value, key, report);
  const isGood = typeof enabled === 'boolean' && typeof allowedAll === 'boolean' && Array.isArray(allowed);
  const networks = isGood
    ? allowed.map((entry) => (typeof entry === 'string' ? parseNetwork(entry) : undefined))
    : [];
  if (!isGood || networks.includes(undefined)) {
    report(`rule set ${key} cannot be understood and is disabled`);
    return { enabled: false, allowedAll: false, allowed: [] };
  }
  return {
    enabled,
    allowedAll,
    allowed: networks.filter((network) => network !== undefined).map(networkText),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function object(
  value: unknown,
  what: string,
  report: (problem: string) => void,
): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>;
  report(`${what} is not a JSON object`);
  return {};
}
