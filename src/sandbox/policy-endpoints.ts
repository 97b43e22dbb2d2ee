import { readSasTime } from '../azure/credentials/sas-time';
import type { AccessPolicy } from '../azure/protocol/model';
import { childOf, childrenOf, textElement, textOf, type XmlElement } from '../azure/wire/xml';
import { XML_START } from './answer';
import { type Endpoint, queueAt } from './endpoint';
import { illegalXml, onlyChildren, readBody } from './request-xml';

const MOST_POLICIES = 5;
const LONGEST_ID = 64;

export const getQueueAcl: Endpoint = (call) => ({
  status: 200,
  body: `${XML_START}<SignedIdentifiers>${queueAt(call).policies.map(policyXml).join('')}</SignedIdentifiers>`,
});

export const setQueueAcl: Endpoint = (call) => {
  const { body, bodyLength } = call.incoming;
  const root = bodyLength === 0 ? undefined : readBody(call.incoming, 'SignedIdentifiers');
  const policies = root === undefined ? [] : readPolicies(root, body ?? '');
  const queue = queueAt(call);
  queue.policies = policies;
  call.report({ what: 'policies', queue: queue.name });
  return { status: 204 };
};

const policyXml = ({ id, startsAt, expiresAt, permissions }: AccessPolicy): string => {
  const policy =
    textElement('Start', startsAt) + textElement('Expiry', expiresAt) + textElement('Permission', permissions);
  return `<SignedIdentifier>${textElement('Id', id)}<AccessPolicy>${policy}</AccessPolicy></SignedIdentifier>`;
};

/**
 * Reads the stored access policies of a body: learn.microsoft.com/rest/api/storageservices/set-queue-acl.
 * @throws StorageFault with the position of the error.
 */
function readPolicies(root: XmlElement, body: string): AccessPolicy[] {
  onlyChildren(root, ['SignedIdentifier'], { repeated: true });
  const elements = childrenOf(root, 'SignedIdentifier');
  if (elements.length > MOST_POLICIES) throw illegalXml(body, 0, `More than ${MOST_POLICIES} access policies.`);
  const policies = elements.map((element) => readPolicy(element, body));
  if (new Set(policies.map(({ id }) => id)).size < policies.length) {
    throw illegalXml(body, body.lastIndexOf('<Id>'), 'Two access policies have one id.');
  }
  return policies;
}

function readPolicy(element: XmlElement, body: string): AccessPolicy {
  onlyChildren(element, ['Id', 'AccessPolicy']);
  const policy = childOf(element, 'AccessPolicy');
  if (policy) onlyChildren(policy, ['Start', 'Expiry', 'Permission']);
  const id = textOf(element, 'Id') ?? '';
  const permissions = textOf(policy, 'Permission');
  const startsAt = readTime(policy, 'Start', body);
  const expiresAt = readTime(policy, 'Expiry', body);
  if (id.length < 1 || id.length > LONGEST_ID)
    throw illegalXml(body, indexOf(body, 'Id', id), 'The id has 1 to 64 characters.');
  if (permissions !== undefined && !/^r?a?u?p?$/.test(permissions)) {
    throw illegalXml(body, indexOf(body, 'Permission', permissions), 'Permissions are letters of raup, in that order.');
  }
  return {
    id,
    ...(startsAt && { startsAt }),
    ...(expiresAt && { expiresAt }),
    ...(permissions && { permissions }),
  };
}

/** Absent and empty mean the same: the signature must have the field. */
function readTime(policy: XmlElement | undefined, name: string, body: string): string | undefined {
  const text = textOf(policy, name);
  if (text === undefined || text === '') return undefined;
  const time = readSasTime(text);
  if (!time) throw illegalXml(body, indexOf(body, name, text), `${name} is not a time.`);
  return time.text;
}

const indexOf = (body: string, name: string, text: string): number => body.indexOf(`<${name}>${text}`);
