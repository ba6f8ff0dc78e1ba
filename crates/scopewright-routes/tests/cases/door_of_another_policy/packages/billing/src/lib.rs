scopewright::include_scopes!();
