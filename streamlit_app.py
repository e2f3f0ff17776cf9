"""Asset Basket, served: the pages on `/`, the HTTP API on `/asset/`."""

import streamlit as st

from app.serving import MAIN, lifespan, middleware, routes, serve

app = st.App(MAIN, routes=routes(), middleware=middleware(), lifespan=lifespan)

if __name__ == "__main__":
    serve(app)
