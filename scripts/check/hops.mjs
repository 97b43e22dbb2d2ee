// How many files one has to read to follow five paths through the code: `node scripts/check/hops.mjs [FOLDER OF A CLONE]`.
// A declaration leads to each declaration that it names (values and components; no types), also by a late `import()`. From
// the start of a leg to its end goes the shortest such chain. Its files are *on the way*; with the files of everything
// that the declarations of the chain name beside it, they are *to read*, since a reader cannot know which of them leads on.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'vite';

/** A leg starts and ends at `file#declaration`; what has had several names has them divided by `|`. */
const PATHS = {
  'a connection string → signed request, log, vault': [
    ['details-box#DetailsBox|secret-textarea#SecretTextarea', 'sealed-text#seal|masked-text#mask'],
    [
      'connect-form#ConnectForm',
      'recognise-connection#recogniseConnection|parse-connection-input#parseConnectionInput',
    ],
    ['connect-form#ConnectForm', 'to-connection#toConnection|build-connection#toConnection'],
    ['connect-form#ConnectForm', 'shared-key#sign'],
    ['connect-form#ConnectForm', 'state/exchanges#recordExchange|request-log#recordExchange'],
    ['connect-form#ConnectForm', 'state/vault#openVault|secret-vault#openVault'],
  ],
  'b text: answer → row → details → editor → update': [
    ['queue-messages#QueueMessages|messages-screen#QueueMessages', 'queries/messages#peekedMessages'],
    [
      'message-operations#messageOperations|operations/messages#messageOperations',
      'read-answer#readAnswer|error-response#readAnswer',
    ],
    ['queue-messages#QueueMessages|messages-screen#QueueMessages', 'message-cells#PreviewCell'],
    ['message-cells#PreviewCell', 'azure/body#decodeBody|decode-body#decodeBody'],
    [
      'queue-messages#QueueMessages|messages-screen#QueueMessages',
      'message-details#MessageDetails|details/details#MessageDetails',
    ],
    ['message-details#MessageDetails|details/details#MessageDetails', 'azure/body#decodeBody|decode-body#decodeBody'],
    ['app/dialogs#Dialogs', 'edit-message#EditMessage'],
    ['edit-message#EditMessage', 'queries/messages#updateMessage|queries/messages#saveMessage'],
  ],
  'c redrive: button → job → report': [
    ['queue-buttons#Redrive|queue-header#QueueButtons', 'state/dialogs#openDialog|open-dialog#openDialog'],
    ['app/dialogs#Dialogs', 'bulk/move-message#moveMessage|work/move-message#moveMessage'],
    ['app/dialogs#Dialogs', 'bulk/start-job#startJob|jobs/start-job#startJob'],
    ['app/dialogs#Dialogs', 'bulk/leasing#leaseMatching|leasing/leasing#leaseMatching'],
    ['bulk/start-job#startJob|jobs/start-job#startJob', 'job-report#writeReport'],
    ['jobs-panel#JobList|panel/job-list#JobList', 'job-report#reportCsv|job-words#outcomeWords|job-text#outcomeText'],
  ],
  'd lease: receive → countdown → extend → reload': [
    ['receive-bar#ReceiveBar', 'state/leases#keepLeases|messages/apply-fact#applyFact'],
    ['lease-watch#LeaseWatch|lease-announcer#LeaseWatch', 'lease-news#leaseNews|lease-milestones#leaseNews'],
    ['lease-actions#extendLeased|lease-requests#extendLeased', 'queries/messages#extendLeases'],
    [
      'still-leased#StillLeased|restored-leases-strip#RestoredLeasesStrip',
      'bulk/return-message#returnMessage|leasing/return-all#returnAll',
    ],
  ],
  'e permission: SAS → button that is off': [
    ['queue-header#QueueHeader', 'state/rights#useWhyNot|permissions#useDenialReason'],
    ['state/rights#useWhyNot|permissions#useDenialReason', 'state/rights#mayDo|permissions#checkPermission'],
    ['state/rights#loadLimits|permissions#loadCredentialPermissions', 'sas-reader#sasAllows|sas-permissions#sasAllows'],
  ],
};

/** What a worker is sent leads to what it does with it. */
const SENT = { 'search/decode-client#createDecoder': 'search/tasks#runTask' };

const root = join(process.argv[2] ?? '.', 'src');
/** @type {Map<string, Set<string>>} from `file#declaration` to those that it names */
const leadsTo = new Map();

/** @typedef {{ type: string, [key: string]: any }} Node of the syntax tree, as ESTree has it */
/** @typedef {{ imports: Map<string, [file: string, name: string]>, declared: Map<string, Node>, exported: Map<string, string> }} Module */

const isProduction = (/** @type {string} */ name) => /\.tsx?$/.test(name) && !/\.(test|fixture|d)\.tsx?$/.test(name);
const files = readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
  entry.isFile() && isProduction(entry.name) ? join(entry.parentPath, entry.name) : [],
);
const modules = new Map(files.map((file) => [file, readModule(file)]));
for (const [file, module] of modules)
  for (const [name, node] of module.declared) leadsTo.set(`${file}#${name}`, namedIn(node, file, name, module));

for (const [sender, run] of Object.entries(SENT))
  for (const key of [...leadsTo.keys()].filter((one) => one.replace(/\.tsx?#/, '#').endsWith(`/${sender}`)))
    leadsTo.set(key, new Set([...(leadsTo.get(key) ?? []), ...declarationsAt(run)]));

for (const [title, legs] of Object.entries(PATHS)) {
  const [onTheWay, toRead] = [new Set(), new Set()];
  for (const [from = '', to = ''] of legs)
    for (const step of shortest(declarationsAt(from), new Set(declarationsAt(to)), `${from} → ${to}`)) {
      onTheWay.add(fileOf(step));
      for (const next of [step, ...(leadsTo.get(step) ?? [])]) toRead.add(fileOf(next));
    }
  console.log(`${title}: ${onTheWay.size} files on the way, ${toRead.size} to read`);
}

/** @param {string} declaration */
function fileOf(declaration) {
  return declaration.slice(0, declaration.indexOf('#'));
}

/** @param {string} from @param {string} specifier */
function resolve(from, specifier) {
  const path = specifier.startsWith('@/') ? join(root, specifier.slice(2)) : join(dirname(from), specifier);
  return ['.ts', '.tsx', ''].map((ending) => path + ending).find((candidate) => files.includes(candidate));
}

/** @param {string} file @returns {Module} */
function readModule(file) {
  /** @type {Module} */
  const module = { imports: new Map(), declared: new Map(), exported: new Map() };
  for (const statement of /** @type {Node[]} */ (parseSync(file, readFileSync(file, 'utf8')).program.body)) {
    const target = statement.source && resolve(file, statement.source.value);
    if (statement.type === 'ImportDeclaration') {
      for (const { importKind, imported, local, type } of statement.specifiers)
        if (target && importKind !== 'type' && statement.importKind !== 'type')
          module.imports.set(local.name, [target, type === 'ImportDefaultSpecifier' ? 'default' : imported?.name]);
    } else if (statement.type === 'ExportNamedDeclaration' && !statement.declaration) {
      for (const { local, exported } of statement.specifiers) {
        module.exported.set(exported.name, local.name);
        if (target) module.imports.set(local.name, [target, local.name]);
      }
    } else {
      const node = statement.declaration ?? statement;
      for (const [name, declared] of declarationsOf(node)) {
        module.declared.set(name, declared);
        if (statement.type === 'ExportDefaultDeclaration') module.exported.set('default', name);
        else if (statement.declaration) module.exported.set(name, name);
      }
    }
  }
  return module;
}

/** @param {Node} node @returns {[name: string, node: Node][]} */
function declarationsOf(node) {
  if (node.type === 'VariableDeclaration')
    return node.declarations.flatMap((/** @type {Node} */ one) => namesOf(one.id).map((name) => [name, one]));
  return node.id && /^(Function|Class)/.test(node.type) ? [[node.id.name, node]] : [];
}

/** @param {Node} pattern @returns {string[]} */
function namesOf(pattern) {
  if (pattern.type === 'Identifier') return [pattern.name];
  return (pattern.properties ?? pattern.elements ?? []).flatMap((/** @type {Node | null} */ part) =>
    part ? namesOf(part.value ?? part.argument ?? part) : [],
  );
}

/** Every declaration that a declaration names. @param {Node} node @param {string} file @param {string} own @param {Module} module */
function namedIn(node, file, own, module) {
  /** @type {Set<string>} */
  const named = new Set();
  /** @param {any} value @param {Node | undefined} parent @param {string} key */
  function visit(value, parent, key) {
    if (Array.isArray(value)) return value.forEach((part) => visit(part, parent, key));
    if (typeof value?.type !== 'string' || /^TS(Type|Interface)/.test(value.type)) return;
    if (/^(JSX)?Identifier$/.test(value.type) && isReference(parent, key)) {
      const [target, name] = module.imports.get(value.name) ?? [];
      if (target) for (const found of exportedAs(target, name)) named.add(found);
      else if (module.declared.has(value.name) && value.name !== own) named.add(`${file}#${value.name}`);
    }
    if (value.type === 'ImportExpression') {
      const target = resolve(file, value.source.value);
      if (target) for (const found of exportedAs(target, undefined)) named.add(found);
    }
    for (const [inner, child] of Object.entries(value))
      if (child && typeof child === 'object') visit(child, value, inner);
  }
  visit(node, undefined, '');
  return named;
}

/** Names of members, of properties and of attributes name no declaration. @param {Node | undefined} parent @param {string} key */
function isReference(parent, key) {
  if (parent?.type === 'MemberExpression') return key !== 'property' || parent.computed;
  return !(parent?.type === 'Property' && key === 'key' && !parent.shorthand) && parent?.type !== 'JSXAttribute';
}

/** What a module exports under a name; all of it without one. @param {string} file @param {string | undefined} name @returns {string[]} */
function exportedAs(file, name) {
  const module = /** @type {Module} */ (modules.get(file));
  const names = name === undefined ? [...module.exported.keys()] : [name];
  return names.flatMap((exported) => {
    const local = module.exported.get(exported) ?? '';
    if (module.declared.has(local)) return `${file}#${local}`;
    const [target, inner] = module.imports.get(local) ?? [];
    return target === undefined ? [] : exportedAs(target, inner);
  });
}

/** @param {string} names @returns {string[]} */
function declarationsAt(names) {
  for (const one of names.split('|')) {
    const [path = '', name] = one.split('#');
    const found = [...leadsTo.keys()].filter((key) => {
      const file = relative(root, fileOf(key)).replace(/\.tsx?$/, '');
      return key.endsWith(`#${name}`) && (file === path || `src/${file}`.endsWith(`/${path}`));
    });
    if (found.length > 0) return found;
  }
  throw new Error(`Nothing is called ${names}.`);
}

/** @param {string[]} starts @param {Set<string>} ends @param {string} leg @returns {string[]} */
function shortest(starts, ends, leg) {
  /** @type {Map<string, string | undefined>} */
  const before = new Map(starts.map((start) => [start, undefined]));
  for (const [step] of before) {
    if (ends.has(step)) {
      const chain = [];
      for (let at = /** @type {string | undefined} */ (step); at !== undefined; at = before.get(at)) chain.unshift(at);
      return chain;
    }
    for (const next of leadsTo.get(step) ?? []) if (!before.has(next)) before.set(next, step);
  }
  throw new Error(`No way leads from ${leg}.`);
}
