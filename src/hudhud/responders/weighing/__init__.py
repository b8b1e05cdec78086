"""What is named by a word or two, weighed against what holds most of what was said."""

from hudhud.responders.weighing.alike import alike, of_rows, particulars
from hudhud.responders.weighing.beside import spoken_of
from hudhud.responders.weighing.lent import rents, served
from hudhud.responders.weighing.named import told_more, weighed
from hudhud.responders.weighing.reached import reaching
from hudhud.responders.weighing.rows import rows_for
from hudhud.responders.weighing.searched import searched
from hudhud.responders.weighing.seats import booked
from hudhud.responders.weighing.wished import for_it, helping, told_whole, wished, wishing

__all__ = [
    "alike",
    "booked",
    "for_it",
    "helping",
    "of_rows",
    "particulars",
    "reaching",
    "rents",
    "rows_for",
    "searched",
    "served",
    "spoken_of",
    "told_more",
    "told_whole",
    "weighed",
    "wished",
    "wishing",
]
