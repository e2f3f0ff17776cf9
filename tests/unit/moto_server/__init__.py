"""Tests of the Moto server that need no sockets."""
