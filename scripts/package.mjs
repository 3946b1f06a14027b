import { packageExtension } from './lib/package.mjs';
import { command } from './lib/prepare.mjs';

await command(async () => {
	const { vsix, files } = await packageExtension();
	for (const { name, size } of files) console.log(`${(size / 1000).toFixed(1).padStart(9)} KB  ${name}`);
	console.log(vsix);
});
