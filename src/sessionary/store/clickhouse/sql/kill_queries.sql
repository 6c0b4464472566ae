-- End the queries of a reader whose client is gone. Reads system.processes.
KILL QUERY WHERE Settings['log_comment'] = {reader:String} ASYNC
