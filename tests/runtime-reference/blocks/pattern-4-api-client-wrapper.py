# Copied unchanged from the user's own document "Python Runtime API Reference" (seeds/003), section "Pattern 4: API Client Library Wrapper".
# python/api_client_wrapper.py
"""Wrap an API client library (e.g., stripe, twilio, sendgrid)"""

import stripe
from mxcp.runtime import get_secret, on_init

@on_init
def initialize_stripe():
    """Configure Stripe on startup"""
    secret = get_secret("stripe")
    if secret:
        stripe.api_key = secret["api_key"]

def create_customer(email: str, name: str) -> dict:
    """Wrap Stripe customer creation"""
    try:
        customer = stripe.Customer.create(
            email=email,
            name=name
        )
        return {
            "customer_id": customer.id,
            "email": customer.email,
            "name": customer.name,
            "created": customer.created
        }
    except stripe.error.StripeError as e:
        return {"error": str(e), "type": e.__class__.__name__}

def list_charges(customer_id: str = None, limit: int = 10) -> dict:
    """Wrap Stripe charges listing"""
    try:
        charges = stripe.Charge.list(
            customer=customer_id,
            limit=limit
        )
        return {
            "charges": [
                {
                    "id": charge.id,
                    "amount": charge.amount,
                    "currency": charge.currency,
                    "status": charge.status,
                    "created": charge.created
                }
                for charge in charges.data
            ]
        }
    except stripe.error.StripeError as e:
        return {"error": str(e)}
