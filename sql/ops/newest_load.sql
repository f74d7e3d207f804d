SELECT max(load_id) FROM ops.load
