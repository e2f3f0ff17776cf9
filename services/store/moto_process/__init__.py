"""The Moto server behind the app.

``supervisor`` (keeps one running), ``launcher`` (starts one or joins another app's), ``process``,
``probe`` (who answers at an endpoint?), ``folder`` (the data folder that all share), ``server``
(what the app is told of it).
"""
