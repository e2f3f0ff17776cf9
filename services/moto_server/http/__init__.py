"""A request on its way to Moto and back.

``http_server`` (cheroot), ``guard`` (this machine only), ``status`` (the private route),
``application`` (one request at a time), ``classify`` (does it change anything?), ``write_ahead``
(on disk before it is answered), ``wire`` (requests and answers as values), ``addressing`` (account
and region), ``errors`` (in AWS's shapes).
"""
