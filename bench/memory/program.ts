/** What is measured: programs that build and drop lists and strings. */
export const PROGRAM = `
from unsafe import gc_alloc, gc_ptr

@struct
class Node:
    left: gc_ptr[Node]
    right: gc_ptr[Node]
    name: str

var live: gc_ptr[Node] = gc_ptr[Node].NULL

def build_and_drop(n: i32) -> i32:
    items: list[str] = []
    for i in range(n):
        items.append(str(i) + ",")
    var length = 0
    for i in range(len(items)):
        length = length + len(items[i])
    return length

def churn(rounds: i32, size: i32) -> i32:
    var total = 0
    var i = 0
    while i < rounds:
        total = total ^ len("x" * size)
        i = i + 1
    return total

def text_kernel(n: i32) -> i32:
    var total = 0
    var i = 0
    while i < n:
        a = "key " + str(i)
        b = a + ": " + str(i * 7) + ";"
        total = total + len(b) + len(b[2:6])
        i = i + 1
    return total

def tree(depth: i32) -> gc_ptr[Node]:
    node = gc_alloc[Node](1)
    if depth > 0:
        node.name = str(depth)
        node.left = tree(depth - 1)
        node.right = tree(depth - 1)
    return node

def keep(depth: i32) -> None:
    rest = tree(0)
    rest.left = tree(depth - 2)
    rest.right = tree(depth - 3)
    live = tree(0)
    live.left = tree(depth)
    live.right = rest

def scalar(n: i32) -> i32:
    return n + 1
`
