import { azureCli } from './azure-cli';
import { csharp } from './csharp';
import { curl } from './curl';
import { go } from './go';
import { javascript } from './javascript';
import { type Language, type LanguageName, lines } from './language';
import { messageOf, type Operation } from './operation';
import { python } from './python';
import { reachable, type Where } from './where';

const LANGUAGE_OF: Readonly<Record<LanguageName, Language>> = { curl, python, javascript, csharp, cli: azureCli, go };

/** The parts of a language; those of curl for a name that another build has stored. */
const languageOf = (name: LanguageName): Language => (Object.hasOwn(LANGUAGE_OF, name) ? LANGUAGE_OF[name] : curl);

/**
 * A program that does the same as the page with this operation at this account. It holds no credential: that is read from the
 * environment, and a comment says what it must be. Its lines end in `\n`, the last one in nothing.
 */
export function sampleOf(language: LanguageName, operation: Operation, where: Where): string {
  const { needsOf, program, call, comment } = languageOf(language);
  const at = reachable(where);
  const about = receiptComment(operation);
  const comments = lines(about, language !== 'curl' && hasUnknown(operation) && LEAVES_OUT);
  const statements = [...comments.map((one) => `${comment} ${one}`), ...call(operation, at)];
  return program(needsOf(operation, at), statements).join('\n');
}

const LEAVES_OUT = 'The service has settings here that this client does not know and leaves out. curl keeps them.';

/** True for settings with elements of a newer service, which only the request itself has. */
function hasUnknown(operation: Operation): boolean {
  if (operation.name === 'Set Queue ACL') return operation.policies.some(({ unknown }) => unknown !== undefined);
  if (operation.name !== 'Set Queue Service Properties') return false;
  const { logging, hourMetrics, minuteMetrics, cors = [], unknownInCors } = operation.properties;
  const sections = [logging, hourMetrics, minuteMetrics];
  return [...sections, ...sections.map((one) => one?.retention), ...cors, { unknown: unknownInCors }].some(
    (one) => one?.unknown !== undefined,
  );
}

/** What a person has to know of the receipt in a sample: it is no credential, but it may be void by now. */
function receiptComment(operation: Operation): string | undefined {
  const message = messageOf(operation);
  if (message === undefined || typeof message.receipt === 'object') return undefined;
  return message.receipt
    ? 'A later receive or update of the message makes this receipt void.'
    : 'A receive of the message gives its id and its receipt.';
}
