import type {
  CorsRule,
  LoggingSettings,
  MetricsSettings,
  RetentionPolicy,
  ServiceProperties,
} from '../azure/protocol/model';
import { childOf, childrenOf, textElement, textOf, type XmlElement } from '../azure/wire/xml';
import { illegalContent, onlyChildren, requiredText } from './request-xml';
import { StorageFault } from './storage-fault';

/** learn.microsoft.com/rest/api/storageservices/set-queue-service-properties */
const LONGEST_RETENTION = 365;
const MOST_RULES = 5;
/** Characters of all rules together, and of one origin or header. */
const LONGEST_RULES = 2_048;
const LONGEST_ITEM = 256;
/** Headers of one list that are whole names, and that end in `*`. */
const MOST_LITERAL_HEADERS = 64;
const MOST_PREFIX_HEADERS = 2;
const METHODS = new Set(['DELETE', 'GET', 'HEAD', 'MERGE', 'PATCH', 'POST', 'OPTIONS', 'PUT']);
const VERSION = '1.0';

export const propertiesXml = ({ logging, hourMetrics, minuteMetrics, cors = [] }: ServiceProperties): string =>
  `<StorageServiceProperties>${logging ? loggingXml(logging) : ''}${metricsXml('HourMetrics', hourMetrics)}${metricsXml('MinuteMetrics', minuteMetrics)}${cors.length === 0 ? '<Cors />' : `<Cors>${cors.map(ruleXml).join('')}</Cors>`}</StorageServiceProperties>`;

const loggingXml = ({ version, delete: deletes, read, write, retention }: LoggingSettings): string =>
  `<Logging>${textElement('Version', version)}${textElement('Read', read)}${textElement('Write', write)}${textElement('Delete', deletes)}${retentionXml(retention)}</Logging>`;

const metricsXml = (name: string, metrics: MetricsSettings | undefined): string =>
  metrics
    ? `<${name}>${textElement('Version', metrics.version)}${textElement('Enabled', metrics.enabled)}${textElement('IncludeAPIs', metrics.includeApis)}${retentionXml(metrics.retention)}</${name}>`
    : '';

const retentionXml = ({ enabled, days }: RetentionPolicy): string =>
  `<RetentionPolicy>${textElement('Enabled', enabled)}${textElement('Days', days)}</RetentionPolicy>`;

const ruleXml = (rule: CorsRule): string =>
  `<CorsRule>${textElement('AllowedMethods', rule.allowedMethods.join(','))}${textElement('AllowedOrigins', rule.allowedOrigins.join(','))}${textElement('AllowedHeaders', rule.allowedHeaders.join(','))}${textElement('ExposedHeaders', rule.exposedHeaders.join(','))}${textElement('MaxAgeInSeconds', rule.maxAge)}</CorsRule>`;

/**
 * Reads the sections of a body; absent ones do not change.
 * @throws StorageFault
 */
export function readProperties(root: XmlElement): ServiceProperties {
  onlyChildren(root, ['Logging', 'HourMetrics', 'MinuteMetrics', 'Cors']);
  const logging = childOf(root, 'Logging');
  const hourMetrics = childOf(root, 'HourMetrics');
  const minuteMetrics = childOf(root, 'MinuteMetrics');
  const cors = childOf(root, 'Cors');
  if (!logging && !hourMetrics && !minuteMetrics && !cors) throw illegalContent();
  return {
    ...(logging && { logging: readLogging(logging) }),
    ...(hourMetrics && { hourMetrics: readMetrics(hourMetrics) }),
    ...(minuteMetrics && { minuteMetrics: readMetrics(minuteMetrics) }),
    ...(cors && { cors: readRules(cors) }),
  };
}

function readLogging(element: XmlElement): LoggingSettings {
  onlyChildren(element, ['Version', 'Delete', 'Read', 'Write', 'RetentionPolicy']);
  return {
    version: readVersion(element),
    delete: truth(element, 'Delete'),
    read: truth(element, 'Read'),
    write: truth(element, 'Write'),
    retention: readRetention(element),
  };
}

function readMetrics(element: XmlElement): MetricsSettings {
  onlyChildren(element, ['Version', 'Enabled', 'IncludeAPIs', 'RetentionPolicy']);
  const version = readVersion(element);
  const enabled = truth(element, 'Enabled');
  const retention = readRetention(element);
  if (enabled) return { version, enabled, includeApis: truth(element, 'IncludeAPIs'), retention };
  if (childOf(element, 'IncludeAPIs')) throw invalid('IncludeAPIs', textOf(element, 'IncludeAPIs') ?? '');
  return { version, enabled, retention };
}

function readRetention(parent: XmlElement): RetentionPolicy {
  const element = childOf(parent, 'RetentionPolicy');
  if (!element) throw new StorageFault('MissingRequiredXmlNode', { XmlNodeName: 'RetentionPolicy' });
  onlyChildren(element, ['Enabled', 'Days']);
  const enabled = truth(element, 'Enabled');
  if (enabled) return { enabled, days: readDays(element) };
  if (childOf(element, 'Days')) throw invalid('Days', textOf(element, 'Days') ?? '');
  return { enabled };
}

function readDays(element: XmlElement): number {
  const days = number(element, 'Days', 0, 2_147_483_647);
  if (days >= 1 && days <= LONGEST_RETENTION) return days;
  throw illegalContent(`Retention days must be greater than 0 and less than or equal to ${LONGEST_RETENTION} days.`);
}

function readRules(element: XmlElement): CorsRule[] {
  onlyChildren(element, ['CorsRule'], { repeated: true });
  const elements = childrenOf(element, 'CorsRule');
  const rules = elements.map(readRule);
  if (rules.length > MOST_RULES) throw illegalContent();
  const length = elements.reduce((sum, rule) => sum + rule.textContent.length, 0);
  if (length > LONGEST_RULES) throw illegalContent();
  return rules;
}

function readRule(element: XmlElement): CorsRule {
  onlyChildren(element, ['AllowedOrigins', 'AllowedMethods', 'AllowedHeaders', 'ExposedHeaders', 'MaxAgeInSeconds']);
  const allowedOrigins = list(element, 'AllowedOrigins');
  const allowedMethods = list(element, 'AllowedMethods');
  if (allowedOrigins.length === 0) throw invalid('AllowedOrigins', '');
  if (allowedMethods.length === 0 || !allowedMethods.every((method) => METHODS.has(method))) {
    throw invalid('AllowedMethods', allowedMethods.join(','));
  }
  return {
    allowedOrigins,
    allowedMethods,
    allowedHeaders: headers(element, 'AllowedHeaders'),
    exposedHeaders: headers(element, 'ExposedHeaders'),
    maxAge: number(element, 'MaxAgeInSeconds', 0, 2_147_483_647),
  };
}

function headers(parent: XmlElement, name: string): string[] {
  const names = list(parent, name);
  const prefixes = names.filter((header) => header !== '*' && header.endsWith('*')).length;
  if (prefixes > MOST_PREFIX_HEADERS || names.length - prefixes > MOST_LITERAL_HEADERS) {
    throw invalid(name, names.join(','));
  }
  return names;
}

function list(parent: XmlElement, name: string): string[] {
  const items = requiredText(parent, name)
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  if (items.some((item) => item.length > LONGEST_ITEM)) throw invalid(name, items.join(','));
  return items;
}

function readVersion(parent: XmlElement): string {
  const version = requiredText(parent, 'Version').trim();
  if (version !== VERSION) throw invalid('Version', version);
  return version;
}

function truth(parent: XmlElement, name: string): boolean {
  const text = requiredText(parent, name).trim();
  if (!/^(?:true|false)$/i.test(text)) throw invalid(name, text);
  return text.toLowerCase() === 'true';
}

function number(parent: XmlElement, name: string, least: number, most: number): number {
  const text = requiredText(parent, name).trim();
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value < least || value > most) throw invalid(name, text);
  return value;
}

const invalid = (name: string, value: string): StorageFault =>
  new StorageFault('InvalidXmlNodeValue', { XmlNodeName: name, XmlNodeValue: value });
