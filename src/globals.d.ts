/** Set by the bundler: whether this bundle runs in the web extension host, which has neither files nor a Node. */
declare const IS_WEB: boolean;
