import { MxcpError } from '@mxcp-ts/diagnostics';
import type { CommanderError } from 'commander';

/** What is wrong with a command line, in sentences of our own; the parser's texts are the only facts it gives. */
export function usageError({ message }: CommanderError): MxcpError {
  const [first = '', ...rest] = message.replace(/^error: /, '').split('\n');
  const suggestion = /Did you mean (?:one of )?(.+?)\?/.exec(rest.join(' '))?.[1];
  const hint =
    suggestion === undefined ? 'Run `mxcp-ts --help` or `mxcp-ts <command> --help`.' : didYouMean(suggestion);
  return new MxcpError('usage', sentenceOf(first), { hint });
}

function didYouMean(suggestion: string): string {
  return `Did you mean ${suggestion
    .split(', ')
    .map(word => `"${word}"`)
    .join(' or ')}?`;
}

const sentences: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [/^unknown command '(.*)'$/, name => `There is no command "${name}".`],
  [/^unknown option '(.*)'$/, name => `There is no option ${name} here.`],
  [/^missing required argument '(.*)'$/, name => `The argument <${name}> is missing.`],
  [/^option '(.*)' argument missing$/, flags => `The option ${longFlag(flags)} needs a value.`],
  [
    /^option '(.*)' argument '(.*)' is invalid\. (.*)$/s,
    (flags, value, rule) => `"${value}" is no value for ${longFlag(flags)}. ${ruleOf(rule)}`,
  ],
  [
    /^command-argument value '(.*)' is invalid for argument '(.*)'\. (.*)$/s,
    (value, name, rule) => `"${value}" is no value for <${name}>. ${ruleOf(rule)}`,
  ],
  [
    /^too many arguments for '(.*)'\. Expected (\d+) arguments? but got (\d+)\.?$/,
    (command, expected, got) => `\`${command}\` takes ${argumentCount(expected)}, it got ${got}.`,
  ],
  [/^too many arguments\. Expected (\d+)/, expected => `The command takes ${argumentCount(expected)}.`],
];

function sentenceOf(text: string): string {
  for (const [pattern, build] of sentences) {
    const found = pattern.exec(text);
    if (found !== null) return build(...found.slice(1));
  }
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${text.endsWith('.') ? '' : '.'}`;
}

function longFlag(flags = ''): string {
  return /--[a-z-]+/.exec(flags)?.[0] ?? flags;
}

function ruleOf(rule = ''): string {
  return rule.replace(/^Allowed choices are /, 'It must be one of ');
}

function argumentCount(number = '0'): string {
  return number === '0' ? 'no arguments' : number === '1' ? 'one argument' : `${number} arguments`;
}
