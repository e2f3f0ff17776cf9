"""What an engineer writes in an afternoon: one page, straight onto the table, no read model."""

import uuid
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import boto3
import pandas as pd
import streamlit as st
from botocore.exceptions import ClientError

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.service_resource import Table

COLUMNS = ["identifier", "name", "tag", "liquidityProfile", "ccy", "createdAt"]
PROFILES = ["HIGH", "MEDIUM", "LOW"]


# The connection is kept, as Streamlit's documentation advises; the data is not.
@st.cache_resource
def connect() -> "Table":
    """The table, created if it is missing."""
    dynamodb = boto3.resource("dynamodb")
    try:
        dynamodb.create_table(
            TableName="Assets",
            KeySchema=[{"AttributeName": "identifier", "KeyType": "HASH"}],
            AttributeDefinitions=[{"AttributeName": "identifier", "AttributeType": "S"}],
            BillingMode="PAY_PER_REQUEST",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ResourceInUseException":
            raise
    table: Table = dynamodb.Table("Assets")
    return table


def load(table: "Table") -> pd.DataFrame:
    """All assets, page by page."""
    page = table.scan()
    items: list[dict[str, Any]] = page["Items"]
    while "LastEvaluatedKey" in page:
        page = table.scan(ExclusiveStartKey=page["LastEvaluatedKey"])
        items += page["Items"]
    return pd.DataFrame(items, columns=COLUMNS)


st.set_page_config(page_title="Assets", layout="wide")
st.title("Assets")
assets = connect()

with st.expander("Add an asset"), st.form("add", clear_on_submit=True):
    name = st.text_input("Name")
    tag = st.text_input("Tag")
    profile = st.selectbox("Liquidity profile", PROFILES, key="new_profile")
    ccy = st.text_input("Currency", value="GBP")
    if st.form_submit_button("Add asset"):
        assets.put_item(
            Item={
                "identifier": str(uuid.uuid4()),
                "name": name,
                "tag": tag,
                "liquidityProfile": profile,
                "ccy": ccy,
                "createdAt": datetime.now(UTC).isoformat(),
            }
        )

frame = load(assets)
search, by_tag, by_profile, by_ccy = st.columns(4)
text = search.text_input("Search")
tags = by_tag.multiselect("Tag", sorted(frame["tag"].unique()), key="tag")
profiles = by_profile.multiselect("Liquidity profile", PROFILES, key="profile")
currencies = by_ccy.multiselect("Currency", sorted(frame["ccy"].unique()), key="ccy")

if text:
    frame = frame[frame["name"].str.contains(text, case=False, regex=False)]
if tags:
    frame = frame[frame["tag"].isin(tags)]
if profiles:
    frame = frame[frame["liquidityProfile"].isin(profiles)]
if currencies:
    frame = frame[frame["ccy"].isin(currencies)]

st.caption(f"{len(frame)} assets")
st.dataframe(frame.sort_values("name"), hide_index=True, width="stretch")
