import { LineCounter, parseDocument, visit } from 'yaml';
import type { Document, YAMLError } from 'yaml';
import type { ConfigurationMistake } from './configuration-error.ts';

/** A parsed YAML text; `value` is meaningless where there are mistakes. */
export interface YamlDocument {
  readonly value: unknown;
  readonly mistakes: readonly ConfigurationMistake[];
}

const ALLOWED = 'one document of YAML 1.2, with ${...} in quotes inside [ ] and { }';

/** Given a YAML text, return its value and its syntax mistakes, each with line and column. */
export function parseYaml(text: string): YamlDocument {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'error' });
  const toMistake = (offset: number, found: string, allowed: string): ConfigurationMistake => {
    const { line, col } = lineCounter.linePos(offset);
    return { dataSource: null, field: `line ${line}, column ${col}`, found, allowed };
  };
  // An unknown tag is a warning to the parser, but a password that begins with "!" would be read as empty.
  const problems: readonly YAMLError[] = [...document.errors, ...document.warnings];
  const mistakes = [
    ...problems.map((problem) => toMistake(problem.pos[0], describeProblem(problem), ALLOWED)),
    ...danglingAliases(document).map((offset) =>
      toMistake(offset, 'an alias (*) of an anchor that does not exist', 'an anchor before it, or the text in quotes'),
    ),
  ];
  if (mistakes.length > 0) return { value: undefined, mistakes };
  return toValue(document);
}

function toValue(document: Document): YamlDocument {
  try {
    return { value: document.toJS(), mistakes: [] };
  } catch {
    const mistake = {
      dataSource: null,
      field: 'aliases',
      found: 'too many of them',
      allowed: 'at most 100 repetitions',
    };
    return { value: undefined, mistakes: [mistake] };
  }
}

function danglingAliases(document: Document): number[] {
  const offsets: number[] = [];
  visit(document, {
    Alias: (_, alias) => {
      if (!alias.resolve(document)) offsets.push(alias.range?.[0] ?? 0);
    },
  });
  return offsets;
}

// The parser's messages end in a piece of the file after a colon or a backslash, and that piece may be a secret.
function describeProblem({ code, message }: YAMLError): string {
  if (code === 'DUPLICATE_KEY') return 'a field that is already there';
  return `a syntax error (${message.split(/[:\\]/, 1)[0]?.trim() ?? code})`;
}
