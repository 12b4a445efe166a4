"""记录与档案: the ledger of an enterprise's records, and archives of them as one zip file, made by the worker."""
