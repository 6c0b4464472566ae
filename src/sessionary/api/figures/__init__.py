"""Usage, costs and rates as each response shows them."""
