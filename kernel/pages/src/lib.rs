//! Engine pages: list, detail, form, history, import, made of the component set for every register.
