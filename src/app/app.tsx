export function App() {
  return <h1>Queuescope</h1>;
}
