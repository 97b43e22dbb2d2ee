// Runs before each browser test file: all files share one origin, and what one stored must not reach the next.
localStorage.clear();
sessionStorage.clear();
for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name);
