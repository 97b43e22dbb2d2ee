import { expect, test } from 'vitest';
import { readPlainXml } from '../wire/xml';
import { readServiceProperties, writeServiceProperties } from './service-properties-xml';

const read = (xml: string) => {
  const root = readPlainXml(xml);
  if (!root) throw new Error('Not plain XML');
  return readServiceProperties(root);
};

/** As a service of tomorrow might answer: with elements that nobody here has heard of. */
const TOMORROW = `<StorageServiceProperties>
<Logging><Version>2.0</Version><Delete>true</Delete><Read>false</Read><Write>true</Write><RetentionPolicy><Enabled>true</Enabled><Days>7</Days><Tier>cold &amp; dry</Tier></RetentionPolicy><Sink><Kind>blob</Kind><Name>a&lt;b</Name></Sink></Logging>
<HourMetrics><Version>1.0</Version><Enabled>true</Enabled><IncludeAPIs>true</IncludeAPIs><RetentionPolicy><Enabled>false</Enabled></RetentionPolicy><Detail>high</Detail></HourMetrics>
<Cors><CorsRule><AllowedOrigins>https://a.example, https://b.example</AllowedOrigins><AllowedMethods>GET,PUT</AllowedMethods><AllowedHeaders /><ExposedHeaders>*</ExposedHeaders><MaxAgeInSeconds>60</MaxAgeInSeconds><AllowCredentials>false</AllowCredentials></CorsRule><Fallback>none</Fallback></Cors>
<StaticWebsite><Enabled>false</Enabled></StaticWebsite>
</StorageServiceProperties>`;

test('what a newer service says in a section goes back as it came when another part of the section changes', () => {
  const { logging, hourMetrics, ...rest } = read(TOMORROW);
  if (!logging || !hourMetrics) throw new Error('Sections are missing');
  const written = writeServiceProperties({
    logging: { ...logging, read: true },
    hourMetrics: { ...hourMetrics, includeApis: false },
    ...rest,
  });
  expect(written).toContain('<Read>true</Read>');
  expect(written).toContain('<Version>2.0</Version>');
  expect(written).toContain('<Days>7</Days><Tier>cold &amp; dry</Tier></RetentionPolicy>');
  expect(written).toContain('<Sink><Kind>blob</Kind><Name>a&lt;b</Name></Sink></Logging>');
  expect(written).toContain('<IncludeAPIs>false</IncludeAPIs>');
  expect(written).toContain('<Detail>high</Detail></HourMetrics>');
  expect(written).toContain('<AllowCredentials>false</AllowCredentials></CorsRule><Fallback>none</Fallback></Cors>');
});

test('a section that is not given is not sent, and so keeps what is stored, known here or not', () => {
  const { cors = [] } = read(TOMORROW);
  const written = writeServiceProperties({ cors });
  expect(written).not.toMatch(/Logging|Metrics|StaticWebsite/);
  expect(written).toContain('<AllowedOrigins>https://a.example,https://b.example</AllowedOrigins>');
});

test('reading what was written gives the same', () => {
  const properties = read(TOMORROW);
  expect(read(writeServiceProperties(properties))).toEqual(properties);
});

test('a truth value may begin with a capital, as some clients write it', () => {
  const { minuteMetrics } = read(
    '<StorageServiceProperties><MinuteMetrics><Version>1.0</Version><Enabled>True</Enabled><IncludeAPIs>False</IncludeAPIs><RetentionPolicy><Enabled>TRUE</Enabled><Days>7</Days></RetentionPolicy></MinuteMetrics></StorageServiceProperties>',
  );
  expect(minuteMetrics).toMatchObject({ enabled: true, includeApis: false, retention: { enabled: true, days: 7 } });
});

test('answers without a section leave it out', () => {
  expect(read('<StorageServiceProperties><Cors /></StorageServiceProperties>')).toEqual({ cors: [] });
});
