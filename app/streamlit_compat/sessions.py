"""The names of Streamlit's sessions that several patches need."""

from app.streamlit_compat.names import PrivateName

_SESSION = "streamlit.runtime.app_session:AppSession"
REQUEST_RERUN = PrivateName(
    f"{_SESSION}.request_rerun",
    parameters="self, client_state",
    used_by=f"{_SESSION}._handle_rerun_script_request",
)
CLIENT_STATE = PrivateName(
    "streamlit.proto.ClientState_pb2:ClientState",
    attributes="page_script_hash query_string fragment_id widget_states CopyFrom",
)


def session_with(attributes: str) -> PrivateName:
    """The class of the sessions, which have these attributes."""
    return PrivateName(_SESSION, attributes=attributes)
