from tests.permissions.matrix import Row, everybody, only, signed_in

# Those who are signed in have nothing to do on these pages and are sent on.
FOR_STRANGERS = {**signed_in(302), "anonymous": 200, "applicant": 200}
# A step in the middle of signing in: who has not begun is sent to the beginning.
MIDWAY = signed_in(302)
# A person without factor and password proves by a code from mail; staff of this matrix sign in with a factor.
OWN = signed_in(200)
OWN_CHANGE = signed_in(302)

ROWS = [
    Row("account_login", get=FOR_STRANGERS, post=FOR_STRANGERS),
    Row("account_signup", get=FOR_STRANGERS, post=FOR_STRANGERS),
    Row("account_request_login_code", get=FOR_STRANGERS, post=FOR_STRANGERS),
    Row("account_confirm_login_code", get=MIDWAY, post=MIDWAY),
    Row("account_email_verification_sent", get=MIDWAY, post=MIDWAY),
    Row("account_inactive", get=everybody(200)),
    Row("account_logout", get=signed_in(200) | {"anonymous": 302, "applicant": 302}, post=everybody(302)),
    Row("account_profile", get=OWN, post=OWN),
    Row("account_email", get=OWN, post=OWN_CHANGE),
    Row("account_set_password", get=OWN, post=OWN),
    Row("account_change_password", get=OWN_CHANGE, post=OWN_CHANGE),
    Row("account_remove_password", get=OWN_CHANGE, post=OWN_CHANGE),
    Row("account_sign_out_everywhere", get=OWN, post=OWN_CHANGE),
    Row("account_reauthenticate", get=OWN_CHANGE, post=OWN_CHANGE),
    Row("account_confirm_identity", get=OWN, post=OWN),
    Row("mfa_index", get=OWN),
    Row("mfa_authenticate", get=MIDWAY, post=MIDWAY),
    Row("mfa_reauthenticate", get=OWN_CHANGE, post=OWN_CHANGE),
    Row("mfa_reauthenticate_webauthn", get=OWN_CHANGE, post=OWN_CHANGE),
    Row("mfa_activate_totp", get=OWN, post=OWN),
    Row("mfa_deactivate_totp", get=only(200), post=only(200)),
    Row("mfa_list_webauthn", get=OWN),
    Row("mfa_add_webauthn", get=OWN, post=OWN),
    Row("mfa_edit_webauthn", lambda world: [0], get=only(200), post=only(200)),
    Row("mfa_remove_webauthn", lambda world: [0], get=only(200), post=only(200)),
    Row("mfa_login_webauthn", get=MIDWAY, post=MIDWAY),
    Row("mfa_view_recovery_codes", get=only(200)),
    Row("mfa_generate_recovery_codes", get=OWN, post=OWN),
    Row("mfa_download_recovery_codes", get=only(200), post=only(200)),
]
