"""Hiring: workers that were asked for and are not there yet, since a cluster may take minutes to find room for one.

No unit waits for one of them. Where again and again none comes, the run ends; a head that does not answer is asked for
none.
"""

from typing import Any

from ray_cluster.embedded import ray
from ray_cluster.places import Place
from ray_cluster.post import Post
from schemas.errors import ScenegenError, first_line

_MOST_UNHIRED = 20


class Hiring:
    """Posts by what is ready once they can be taken."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._asked: dict[Any, Post] = {}
        self._unhired = 0

    def __len__(self) -> int:
        """Returns how many are on their way."""
        return len(self._asked)

    def __contains__(self, up: Any) -> bool:
        """Returns whether that tells of one of them."""
        return up in self._asked

    @property
    def signs(self) -> list[Any]:
        """Returns what is to be waited for."""
        return [*self._asked]

    def ask(self, wanted: int) -> None:
        """Asks for so many more."""
        if wanted <= 0 or not self._place.answers():
            return
        for _ in range(wanted):
            post = Post(self._place)
            self._asked[post.up] = post

    def welcome(self, up: Any) -> Post | None:
        """Returns a worker that is there, if it is; raises ScenegenError where one after another did not come."""
        post = self._asked.pop(up)
        try:
            ray.get(up)
        except ray.exceptions.RayError as error:
            post.end()
            self._unhired += 1
            if self._unhired >= _MOST_UNHIRED:
                raise ScenegenError(f"{self._unhired} workers could not be started: {first_line(error)}") from error
            return None
        self._unhired = 0
        return post

    def end(self) -> None:
        """Takes back what was asked for."""
        for post in self._asked.values():
            post.end()
