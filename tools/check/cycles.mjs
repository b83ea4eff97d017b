import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';
import { root } from '../workspace/run.mjs';

// Imports that go round in a circle: between files, and between the folders of a package.
const packages = ['libs', 'apps'].flatMap((folder) =>
  readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'src')),
);

let found = 0;
for (const source of packages.filter(existsSync)) {
  const files = readdirSync(source, { recursive: true })
    .map((name) => join(source, name))
    .filter((path) => /\.tsx?$/.test(path) && !/\.(spec|it|d)\.tsx?$/.test(path));
  const imports = new Map(files.map((file) => [file, importsOf(file)]));
  report(source, 'files', imports);
  report(source, 'folders', between(source, imports));
}
if (found > 0) process.exitCode = 1;

/** What a file needs of others when it runs: types are gone by then. */
function importsOf(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest);
  return source.statements.flatMap((statement) => {
    const from = (ts.isImportDeclaration(statement) || ts.isExportDeclaration(statement)) && statement.moduleSpecifier;
    if (!from || !from.text.startsWith('.') || isOfTypes(statement)) return [];
    const path = resolve(dirname(file), from.text.replace(/\.js$/, ''));
    return [`${path}.ts`, `${path}.tsx`].filter(existsSync).slice(0, 1);
  });
}

function isOfTypes(statement) {
  if (ts.isExportDeclaration(statement)) return statement.isTypeOnly;
  const { importClause } = statement;
  if (!importClause || importClause.isTypeOnly) return importClause?.isTypeOnly ?? false;
  const { name, namedBindings } = importClause;
  return (
    !name && namedBindings && ts.isNamedImports(namedBindings) && namedBindings.elements.every((one) => one.isTypeOnly)
  );
}

/** What the folders of a package import of each other; its own files stand for themselves. */
function between(source, imports) {
  const folders = new Map();
  for (const [file, targets] of imports) {
    const from = placeOf(source, file);
    if (!folders.has(from)) folders.set(from, new Set());
    for (const target of targets) if (placeOf(source, target) !== from) folders.get(from).add(placeOf(source, target));
  }
  return folders;
}

function placeOf(source, file) {
  const [first, ...rest] = relative(source, file).split(sep);
  return rest.length > 0 ? join(source, first) : file;
}

/** Tarjan: https://en.wikipedia.org/wiki/Tarjan%27s_strongly_connected_components_algorithm */
function report(source, what, graph) {
  const index = new Map();
  const low = new Map();
  const stack = [];
  const visit = (node) => {
    index.set(node, index.size);
    low.set(node, index.get(node));
    stack.push(node);
    for (const next of graph.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (stack.includes(next)) low.set(node, Math.min(low.get(node), low.get(next)));
    }
    if (low.get(node) !== index.get(node)) return;
    const circle = stack.splice(stack.indexOf(node)).map((path) => relative(source, path));
    if (circle.length === 1) return;
    found += 1;
    console.error(`${relative(root, source)}: these ${what} import each other: ${circle.sort().join(', ')}`);
  };
  for (const node of graph.keys()) if (!index.has(node)) visit(node);
}
