import { isIP } from 'node:net';
import { z } from 'zod';
import type { ConfigurationMistake } from './configuration-error.ts';
import { listOf } from './allowed-values.ts';

/** The environment, as the operating system hands it over. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What the log may be limited to, from the fewest lines to the most. */
export const LOG_LEVELS = ['silent', 'fatal', 'error', 'warn', 'info', 'debug', 'trace'] as const;

/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One environment variable: how its text is read, and in words what is allowed. */
export interface Variable<T> {
  readonly name: string;
  readonly allowed: string;
  /** Whether a mistake must not repeat the text. */
  readonly isSecret?: boolean;
  /** Returns undefined for a text that is not allowed. */
  parse(text: string): T | undefined;
}

/** Given a variable, return its value, or `fallback` where it is unset, empty or (then noted) wrong. */
export function readVariable<T, F>(
  env: Environment,
  variable: Variable<T>,
  { fallback, mistakes }: { readonly fallback: F; readonly mistakes: ConfigurationMistake[] },
): T | F {
  const { name, allowed, isSecret = false, parse } = variable;
  const text = env[name]?.trim();
  if (!text) return fallback;
  const value = parse(text);
  if (value !== undefined) return value;
  mistakes.push({
    dataSource: null,
    field: name,
    found: isSecret ? `a secret of ${text.length} characters` : JSON.stringify(text),
    allowed,
  });
  return fallback;
}

/** A variable that is a whole number within bounds, both included. */
export function wholeNumber(name: string, min: number, max: number): Variable<number> {
  return {
    name,
    allowed: `a whole number from ${min} to ${max}`,
    parse: (text) => {
      const value = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
      return value >= min && value <= max ? value : undefined;
    },
  };
}

/** The address to listen on. */
export const HOST: Variable<string> = {
  name: 'HOST',
  allowed: 'an IP address or a host name, without port and brackets',
  parse: (text) => (isHostName(text) ? text : undefined),
};

/** Names besides the loopback's that callers may reach the server by. */
export const ALLOWED_HOSTS: Variable<readonly string[]> = {
  name: 'ALLOWED_HOSTS',
  allowed: 'host names separated by commas, without scheme and port',
  parse: (text) => {
    const names = splitList(text);
    return names.every(isHostName) ? names.map((name) => name.toLowerCase()) : undefined;
  },
};

/** How much is logged. */
export const LOG_LEVEL: Variable<LogLevel> = {
  name: 'LOG_LEVEL',
  allowed: listOf(LOG_LEVELS),
  parse: (text) => LOG_LEVELS.find((level) => level === text),
};

/** A variable that is on (`1`) or off (`0`). */
export function onOrOff(name: string): Variable<boolean> {
  return { name, allowed: '1 or 0', parse: (text) => (['0', '1'].includes(text) ? text === '1' : undefined) };
}

/** The day before which the sandbox's world ends. */
export const SANDBOX_TODAY: Variable<string> = {
  name: 'SANDBOX_TODAY',
  allowed: 'a day as YYYY-MM-DD',
  parse: (text) => z.iso.date().safeParse(text).data,
};

/** A variable that is any text, such as a path. */
export function anyText(name: string): Variable<string> {
  return { name, allowed: 'any text', parse: (text) => text };
}

/** Given a list separated by commas, return its items without the blanks around them and without empty ones. */
export function splitList(text: string): string[] {
  return text.split(',').flatMap((item) => item.trim() || []);
}

function isHostName(text: string): boolean {
  return isIP(text) !== 0 || /^[a-z0-9]([a-z0-9._-]{0,252}[a-z0-9])?$/i.test(text);
}
