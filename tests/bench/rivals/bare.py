"""The least that a Streamlit page can be: a title and a selectbox."""

import streamlit as st

st.title("Assets")
st.selectbox("Liquidity profile", ["HIGH", "MEDIUM", "LOW"])
