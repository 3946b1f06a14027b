import { meetEditor } from '../editor.ts';
import type { FromFormPage, ToFormPage } from '../formProtocol.ts';
import { FormPage } from './formPage.ts';

document.body.append(new FormPage(meetEditor<ToFormPage, FromFormPage>()));
