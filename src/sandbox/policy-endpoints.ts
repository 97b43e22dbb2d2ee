import { readSasTime } from '../azure/credentials/sas-time';
import type { AccessPolicy } from '../azure/protocol/model';
import { childOf, childrenOf, textElement, textOf, type XmlElement } from '../azure/wire/xml';
import { XML_START } from './answer';
import type { Incoming } from './endpoint';
import { type Endpoint, queueAt } from './endpoint';
import { illegalContent, illegalXml, onlyChildren, readBody } from './request-xml';

const MOST_POLICIES = 5;
const LONGEST_ID = 64;

export const getQueueAcl: Endpoint = (call) => ({
  status: 200,
  body: `${XML_START}<SignedIdentifiers>${queueAt(call).policies.map(policyXml).join('')}</SignedIdentifiers>`,
});

export const setQueueAcl: Endpoint = (call) => {
  const policies = policiesIn(call.incoming);
  const queue = queueAt(call);
  queue.policies = policies;
  call.report({ what: 'policies', queue: queue.name });
  return { status: 204 };
};

/** A policy without terms has its id alone. */
const policyXml = ({ id, startsAt, expiresAt, permissions }: AccessPolicy): string => {
  const terms =
    textElement('Start', startsAt) + textElement('Expiry', expiresAt) + textElement('Permission', permissions);
  const policy = terms === '' ? '' : `<AccessPolicy>${terms}</AccessPolicy>`;
  return `<SignedIdentifier>${textElement('Id', id)}${policy}</SignedIdentifier>`;
};

/**
 * Reads the stored access policies of a body: learn.microsoft.com/rest/api/storageservices/set-queue-acl.
 * @throws StorageFault
 */
export function policiesIn(incoming: Incoming): AccessPolicy[] {
  if (incoming.bodyLength === 0) return [];
  const root = readBody(incoming, 'SignedIdentifiers');
  onlyChildren(root, ['SignedIdentifier'], { repeated: true });
  const elements = childrenOf(root, 'SignedIdentifier');
  if (elements.length > MOST_POLICIES) throw illegalContent();
  const policies = elements.map((element) => readPolicy(element, incoming.body ?? ''));
  if (new Set(policies.map(({ id }) => id)).size < policies.length) throw illegalContent();
  return policies;
}

function readPolicy(element: XmlElement, body: string): AccessPolicy {
  onlyChildren(element, ['Id', 'AccessPolicy']);
  const policy = childOf(element, 'AccessPolicy');
  if (policy) onlyChildren(policy, ['Start', 'Expiry', 'Permission']);
  const id = textOf(element, 'Id') ?? '';
  const permissions = textOf(policy, 'Permission');
  const startsAt = readTime(policy, 'Start');
  const expiresAt = readTime(policy, 'Expiry');
  if (id.length < 1 || id.length > LONGEST_ID) {
    const reason = 'Signed identifier ID cannot be empty or over 64 characters in length';
    throw illegalXml(body, body.indexOf(`<Id>${id}`), reason);
  }
  if (permissions !== undefined && !/^r?a?u?p?$/.test(permissions)) throw illegalContent();
  return {
    id,
    ...(startsAt && { startsAt }),
    ...(expiresAt && { expiresAt }),
    ...(permissions && { permissions }),
  };
}

/** Absent and empty mean the same: the signature must have the field. */
function readTime(policy: XmlElement | undefined, name: string): string | undefined {
  const text = textOf(policy, name);
  if (text === undefined || text === '') return undefined;
  const time = readSasTime(text);
  if (!time) throw illegalContent();
  return time.text;
}
