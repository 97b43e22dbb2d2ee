import type { CorsRule, LoggingSettings, MetricsSettings, RetentionPolicy, ServiceProperties } from '../protocol/model';
import { optionalNumber } from '../wire/answer-fields';
import { childOf, childrenOf, textElement, textOf, unknownXml, type XmlElement, xmlDocument } from '../wire/xml';

/** Reads the body of Get Queue Service Properties. */
export function readServiceProperties(root: XmlElement): ServiceProperties {
  const logging = childOf(root, 'Logging');
  const hourMetrics = childOf(root, 'HourMetrics');
  const minuteMetrics = childOf(root, 'MinuteMetrics');
  const cors = childOf(root, 'Cors');
  return {
    ...(logging && { logging: readLogging(logging) }),
    ...(hourMetrics && { hourMetrics: readMetrics(hourMetrics) }),
    ...(minuteMetrics && { minuteMetrics: readMetrics(minuteMetrics) }),
    ...(cors && { cors: childrenOf(cors, 'CorsRule').map(readCorsRule), ...unknownInCors(cors) }),
  };
}

function unknownInCors(cors: XmlElement): Pick<ServiceProperties, 'unknownInCors'> {
  const { unknown } = unknownXml(cors, ['CorsRule']);
  return unknown === undefined ? {} : { unknownInCors: unknown };
}

/**
 * Writes the body of Set Queue Service Properties. An absent section does not change at the service; a present one is
 * replaced whole, so its unknown elements are written back as they were read.
 */
export const writeServiceProperties = ({
  logging,
  hourMetrics,
  minuteMetrics,
  cors,
  unknownInCors: others = '',
}: ServiceProperties): string =>
  xmlDocument(
    [
      '<StorageServiceProperties>',
      logging && writeLogging(logging),
      hourMetrics && `<HourMetrics>${writeMetrics(hourMetrics)}</HourMetrics>`,
      minuteMetrics && `<MinuteMetrics>${writeMetrics(minuteMetrics)}</MinuteMetrics>`,
      cors && `<Cors>${cors.map(writeCorsRule).join('')}${others}</Cors>`,
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
  ...unknownXml(element, ['Version', 'Read', 'Write', 'Delete', 'RetentionPolicy']),
});

const writeLogging = ({ version, read, write, delete: deletes, retention, unknown = '' }: LoggingSettings): string => {
  const operations = textElement('Delete', deletes) + textElement('Read', read) + textElement('Write', write);
  return `<Logging>${textElement('Version', version)}${operations}${writeRetention(retention)}${unknown}</Logging>`;
};

const readMetrics = (element: XmlElement): MetricsSettings => ({
  version: textOf(element, 'Version') ?? '1.0',
  enabled: isTrue(element, 'Enabled'),
  ...(childOf(element, 'IncludeAPIs') && { includeApis: isTrue(element, 'IncludeAPIs') }),
  retention: readRetention(element),
  ...unknownXml(element, ['Version', 'Enabled', 'IncludeAPIs', 'RetentionPolicy']),
});

/** The service refuses `IncludeAPIs` in disabled metrics. */
const writeMetrics = ({ version, enabled, includeApis = false, retention, unknown = '' }: MetricsSettings): string =>
  textElement('Version', version) +
  textElement('Enabled', enabled) +
  textElement('IncludeAPIs', enabled ? includeApis : undefined) +
  writeRetention(retention) +
  unknown;

function readRetention(parent: XmlElement): RetentionPolicy {
  const element = childOf(parent, 'RetentionPolicy');
  const days = optionalNumber(element, 'Days');
  return {
    enabled: isTrue(element, 'Enabled'),
    ...(days !== undefined && { days }),
    ...(element && unknownXml(element, ['Enabled', 'Days'])),
  };
}

/** The service refuses `Days` in a disabled retention. */
const writeRetention = ({ enabled, days, unknown = '' }: RetentionPolicy): string =>
  `<RetentionPolicy>${textElement('Enabled', enabled)}${textElement('Days', enabled ? days : undefined)}${unknown}</RetentionPolicy>`;

const readCorsRule = (element: XmlElement): CorsRule => ({
  allowedOrigins: listOf(element, 'AllowedOrigins'),
  allowedMethods: listOf(element, 'AllowedMethods'),
  allowedHeaders: listOf(element, 'AllowedHeaders'),
  exposedHeaders: listOf(element, 'ExposedHeaders'),
  maxAge: optionalNumber(element, 'MaxAgeInSeconds') ?? 0,
  ...unknownXml(element, ['AllowedOrigins', 'AllowedMethods', 'AllowedHeaders', 'ExposedHeaders', 'MaxAgeInSeconds']),
});

/** All five elements are required. */
const writeCorsRule = (rule: CorsRule): string =>
  `<CorsRule>${[
    textElement('AllowedOrigins', rule.allowedOrigins.join(',')),
    textElement('AllowedMethods', rule.allowedMethods.join(',')),
    textElement('AllowedHeaders', rule.allowedHeaders.join(',')),
    textElement('ExposedHeaders', rule.exposedHeaders.join(',')),
    textElement('MaxAgeInSeconds', rule.maxAge),
    rule.unknown,
  ].join('')}</CorsRule>`;

/** The service takes `True` as well, as some clients write it. */
const isTrue = (element: XmlElement | undefined, name: string): boolean =>
  textOf(element, name)?.trim().toLowerCase() === 'true';

const listOf = (element: XmlElement, name: string): string[] =>
  (textOf(element, name) ?? '')
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
