"""A request on its way to Moto and back.

``http_server`` (cheroot), ``guard`` (this machine only), ``status`` (the private route),
``classify`` (does it change anything?), ``wire`` (requests and answers as values), ``addressing``
(account and region), ``errors`` (in AWS's shapes).
"""
