"""Asset Basket, served: the pages on `/`, the HTTP API on `/asset/`."""

import streamlit as st

from app.bootstrap import Application
from app.serving import MAIN, lifespan, middleware, routes, serve

application = Application()
app = st.App(
    MAIN,
    routes=routes(application),
    middleware=middleware(application),
    lifespan=lifespan(application),
)

if __name__ == "__main__":
    serve(app, application)
