import { meetEditor } from '../editor.ts';
import type { FromCardPage, ToCardPage } from '../protocol.ts';
import { CardPage } from './cardPage.ts';

document.body.append(new CardPage(meetEditor<ToCardPage, FromCardPage>()));
