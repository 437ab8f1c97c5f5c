from dashboard.forms.desk import page

page.show("pair")
