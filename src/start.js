// Plain JavaScript, so that a Node too old to run TypeScript can say what it wants instead of failing on the first type.
import module from 'node:module';

const WANTED = 24;

if (Number(process.versions.node.split('.')[0]) < WANTED) {
  console.error(
    `Tributary needs Node ${WANTED} or newer; this is ${process.version}. On Linux (x64), "npm start" brings its own after "npm install".`,
  );
  process.exit(1);
}
// The second start need not strip and compile the same files again.
module.enableCompileCache();
await import('./main.ts');
