"""Everything DynamoDB; the only code that imports boto3.

``connection`` (the one place where a client is made), ``gateway`` (calls: one error language,
revived when the server has died), ``parsing`` (odd answers), ``attributes`` (DynamoDB JSON),
``table`` (keys and stream), ``change_counter`` (has anybody written?). Rooms: ``read_model``
(reads), ``assets`` (writes), ``documents`` (all that is kept beside assets) and ``moto_process``
(finds, starts and watches Moto).
"""
