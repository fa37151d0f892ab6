import path from 'node:path';

/** Words that name no purpose; a file or folder called so ends as a dumping ground. */
const EMPTY_WORDS = ['common', 'shared', 'util', 'utils', 'helper', 'helpers', 'misc', 'manager', 'data', 'info', 'base'];
/** Names of the vocabulary (docs/glossary.md) that have such a word in them. */
const TERMS = /population-data/g;
/** Verbs that say nothing when they stand alone. */
const EMPTY_ALONE = ['handle', 'process'];

const FORM = /^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;

/** @type {import('eslint').Rule.RuleModule} */
const purposefulFileName = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      form: "'{{name}}' is not kebab-case with role suffixes (submit-dossier.handler.ts).",
      empty: "'{{word}}' in '{{name}}' does not say what the thing is for.",
    },
  },
  create(context) {
    return {
      Program(node) {
        const relative = path.relative(context.cwd, context.filename);
        const name = path.basename(relative).replace(/\.[cm]?[jt]sx?$/, '');
        if (!FORM.test(name)) context.report({ node, messageId: 'form', data: { name } });
        for (const part of relative.split(path.sep).slice(0, -1).concat(name)) {
          const words = part.replace(TERMS, 'term').split(/[.-]/);
          const empty = words.find((word) => EMPTY_WORDS.includes(word)) ?? EMPTY_ALONE.find((word) => words[0] === word && words.length === 1);
          if (empty) context.report({ node, messageId: 'empty', data: { word: empty, name: part } });
        }
      },
    };
  },
};

export const names = { rules: { 'purposeful-file-name': purposefulFileName } };
