/** Header names and values, one a line; long values can be scrolled to. */
export const HeadersList = ({ headers }: { headers: readonly (readonly [name: string, value: string])[] }) => (
  <dl className="grid grid-cols-[minmax(0,164px)_minmax(0,1fr)] gap-x-1.5 font-mono text-12/[22px]">
    {headers.map(([name, value]) => (
      <div key={name} className="contents">
        <dt className="truncate text-syn-key" title={name}>
          {name}
        </dt>
        <dd className="truncate" title={value}>
          {value}
        </dd>
      </div>
    ))}
  </dl>
);
