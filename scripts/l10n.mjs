import { parseArgs } from 'node:util';
import { exportTexts, wrongTexts } from './lib/l10n.mjs';
import { command } from './lib/prepare.mjs';
import { say } from './lib/progress.mjs';

// Writes l10n/bundle.l10n.json from the code, and says what translations lack. With --check it writes nothing.
await command(async () => {
	const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
	if (!values.check) say(await exportTexts());
	const wrong = await wrongTexts();
	wrong.forEach(say);
	return wrong.length === 0 ? 0 : 1;
});
