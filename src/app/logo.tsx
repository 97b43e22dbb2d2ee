/** A magnifying glass over rows of a queue. */
export const Logo = () => (
  <svg
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    strokeWidth="1.5"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    className="size-5.5"
  >
    <circle cx="7" cy="7" r="5.25" />
    <path d="m11 11 3.25 3.25M4.6 5.4h4.8M4.6 7h4.8M4.6 8.6h2.9" />
  </svg>
);
