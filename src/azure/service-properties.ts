import type { CorsRule, LoggingSettings, MetricsSettings, RetentionPolicy, ServiceProperties } from './account';
import type { XmlElement } from './plain-xml';
import { childOf, childrenOf, textElement, textOf, xmlDocument } from './xml';

/** The body of Get Queue Service Properties. */
export function readServiceProperties(root: XmlElement): ServiceProperties {
  const logging = childOf(root, 'Logging');
  const hourMetrics = childOf(root, 'HourMetrics');
  const minuteMetrics = childOf(root, 'MinuteMetrics');
  const cors = childOf(root, 'Cors');
  return {
    ...(logging && { logging: readLogging(logging) }),
    ...(hourMetrics && { hourMetrics: readMetrics(hourMetrics) }),
    ...(minuteMetrics && { minuteMetrics: readMetrics(minuteMetrics) }),
    ...(cors && { cors: childrenOf(cors, 'CorsRule').map(readCorsRule) }),
  };
}

/** The body of Set Queue Service Properties; a section that is left out keeps its stored value. */
export const writeServiceProperties = ({ logging, hourMetrics, minuteMetrics, cors }: ServiceProperties): string =>
  xmlDocument(
    [
      '<StorageServiceProperties>',
      logging && writeLogging(logging),
      hourMetrics && `<HourMetrics>${writeMetrics(hourMetrics)}</HourMetrics>`,
      minuteMetrics && `<MinuteMetrics>${writeMetrics(minuteMetrics)}</MinuteMetrics>`,
      cors && `<Cors>${cors.map(writeCorsRule).join('')}</Cors>`,
      '</StorageServiceProperties>',
    ]
      .filter(Boolean)
      .join(''),
  );

const readLogging = (element: XmlElement): LoggingSettings => ({
  version: textOf(element, 'Version') ?? '1.0',
  read: isTrue(element, 'Read'),
  write: isTrue(element, 'Write'),
  delete: isTrue(element, 'Delete'),
  retention: readRetention(element),
});

const writeLogging = ({ version, read, write, delete: deletes, retention }: LoggingSettings): string => {
  const operations = textElement('Delete', deletes) + textElement('Read', read) + textElement('Write', write);
  return `<Logging>${textElement('Version', version)}${operations}${writeRetention(retention)}</Logging>`;
};

const readMetrics = (element: XmlElement): MetricsSettings => ({
  version: textOf(element, 'Version') ?? '1.0',
  enabled: isTrue(element, 'Enabled'),
  ...(childOf(element, 'IncludeAPIs') && { includeApis: isTrue(element, 'IncludeAPIs') }),
  retention: readRetention(element),
});

/** `IncludeAPIs` is refused in metrics that are off. */
const writeMetrics = ({ version, enabled, includeApis = false, retention }: MetricsSettings): string =>
  textElement('Version', version) +
  textElement('Enabled', enabled) +
  textElement('IncludeAPIs', enabled ? includeApis : undefined) +
  writeRetention(retention);

function readRetention(parent: XmlElement): RetentionPolicy {
  const element = childOf(parent, 'RetentionPolicy');
  const days = textOf(element, 'Days');
  return { enabled: isTrue(element, 'Enabled'), ...(days !== undefined && { days: Number(days) }) };
}

/** `Days` is refused in a retention that is off. */
const writeRetention = ({ enabled, days }: RetentionPolicy): string =>
  `<RetentionPolicy>${textElement('Enabled', enabled)}${textElement('Days', enabled ? days : undefined)}</RetentionPolicy>`;

const readCorsRule = (element: XmlElement): CorsRule => ({
  allowedOrigins: listOf(element, 'AllowedOrigins'),
  allowedMethods: listOf(element, 'AllowedMethods'),
  allowedHeaders: listOf(element, 'AllowedHeaders'),
  exposedHeaders: listOf(element, 'ExposedHeaders'),
  maxAge: Number(textOf(element, 'MaxAgeInSeconds') ?? 0),
});

/** All five elements are required. */
const writeCorsRule = (rule: CorsRule): string =>
  `<CorsRule>${[
    textElement('AllowedOrigins', rule.allowedOrigins.join(',')),
    textElement('AllowedMethods', rule.allowedMethods.join(',')),
    textElement('AllowedHeaders', rule.allowedHeaders.join(',')),
    textElement('ExposedHeaders', rule.exposedHeaders.join(',')),
    textElement('MaxAgeInSeconds', rule.maxAge),
  ].join('')}</CorsRule>`;

const isTrue = (element: XmlElement | undefined, name: string): boolean => textOf(element, name) === 'true';

const listOf = (element: XmlElement, name: string): string[] =>
  (textOf(element, name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
